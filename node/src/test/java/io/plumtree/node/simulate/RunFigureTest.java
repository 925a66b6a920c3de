package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.simulator.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFigureTest {
    private static Configuration of(final RunResult... runs) {
        return new Configuration("A", MadeUp.scenario().seeds(runs.length), List.of(runs));
    }

    private static Configuration failed(final RunResult... runs) {
        return new Configuration("A", MadeUp.scenario().fail(0.5).seeds(runs.length), List.of(runs));
    }

    @Test
    void shouldBeTheMeanOfTheRunsBetweenTheLeastAndTheGreatest() {
        final Configuration configuration = of(MadeUp.run(1, 1), MadeUp.run(2, 2));
        assertEquals(0.015, RunFigure.REDUNDANCY.overall(configuration), 1e-12);
        assertEquals(0.01, RunFigure.REDUNDANCY.least(configuration), 1e-12);
        assertEquals(0.02, RunFigure.REDUNDANCY.greatest(configuration), 1e-12);
    }

    @Test
    void shouldAddUpWhatWasMissed() {
        assertEquals(6, RunFigure.MISSED.overall(of(MadeUp.run(1, 1), MadeUp.run(2, 2))));
    }

    @Test
    void shouldNotExistOfAFailureThatDidNotHappen() {
        final Configuration configuration = of(MadeUp.run(1, 1));
        assertEquals("-", RunFigure.FIRST_MESSAGE.text(RunFigure.FIRST_MESSAGE.overall(configuration)));
        assertEquals("-", RunFigure.TO_SETTLE.text(RunFigure.TO_SETTLE.overall(configuration)));
        assertEquals("-", RunFigure.TO_SETTLE.text(RunFigure.TO_SETTLE.greatest(configuration)));
    }

    @Test
    void shouldSayThatItNeverSettledIfOneRunDidNot() {
        final Configuration both = failed(MadeUp.failed(1, 0.9, 4), MadeUp.failed(2, 0.8, -1));
        assertEquals("never", RunFigure.TO_SETTLE.text(RunFigure.TO_SETTLE.overall(both)));
        assertEquals("4.0", RunFigure.TO_SETTLE.text(RunFigure.TO_SETTLE.least(both)));
        assertEquals("never", RunFigure.TO_SETTLE.text(RunFigure.TO_SETTLE.greatest(both)));
        assertEquals("0.8500", RunFigure.FIRST_MESSAGE.text(RunFigure.FIRST_MESSAGE.overall(both)));
        assertEquals(5, RunFigure.TO_SETTLE.overall(failed(MadeUp.failed(1, 1, 4), MadeUp.failed(2, 1, 6))));
    }

    @Test
    void shouldGiveARatioWhereThereIsOne() {
        assertEquals("2.000", RunFigure.LAST_HOP.ratio(of(MadeUp.run(1, 1)), of(MadeUp.run(1, 2))));
        assertEquals("-", RunFigure.LAST_HOP.ratio(of(MadeUp.run(1, 0)), of(MadeUp.run(1, 2))));
        assertEquals("-", RunFigure.TO_SETTLE.ratio(failed(MadeUp.failed(1, 1, 4)), failed(MadeUp.failed(1, 1, -1))));
    }
}
