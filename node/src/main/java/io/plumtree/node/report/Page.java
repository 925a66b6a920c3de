package io.plumtree.node.report;

/**
 * What the pages of reports have in common. A page is complete in itself: no script, no font, nothing from elsewhere;
 * it follows the reader's preference for light or dark, and it is XML, too. What is compared has the class {@code a} or
 * {@code b}.
 */
public final class Page {
    /** Ends a page. */
    public static final String END = "</main>\n</body>\n</html>\n";

    private static final String STYLE = """
        <style>
        :root { color-scheme: light dark; --paper: #ffffff; --panel: #f6f8fa; --ink: #1f2328; --faint: #59636e;\
         --rule: #d1d9e0; --shade: #eaeef2; --a: #0969da; --b: #bc4c00; }
        @media (prefers-color-scheme: dark) {
        :root { --paper: #0d1117; --panel: #151b23; --ink: #e6edf3; --faint: #9198a1; --rule: #3d444d;\
         --shade: #262c36; --a: #58a6ff; --b: #f0883e; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);\
         font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1240px; margin: 0 auto; padding: 28px 24px 48px; }
        h1 { font-size: 26px; line-height: 1.2; margin: 0 0 12px; }
        h2 { font-size: 15px; font-weight: 600; margin: 0; }
        p { margin: 6px 0; }
        code { font: 13px ui-monospace, "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
        .faint { color: var(--faint); }
        .key { display: inline-block; min-width: 22px; padding: 0 6px; margin-right: 6px; border-radius: 4px;\
         text-align: center; font-weight: 600; font-size: 13px; color: var(--paper); }
        .key.a { background: var(--a); }
        .key.b { background: var(--b); }
        .scroll { overflow-x: auto; margin: 20px 0 28px; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: 4px 16px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
        th:first-child { text-align: left; padding-left: 0; font-weight: normal; }
        thead th { color: var(--faint); font-weight: 600; font-size: 13px; }
        td.value { font-weight: 600; }
        td.range { color: var(--faint); }
        tr.simulator > * { color: var(--faint); font-weight: normal; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 18px; }
        figure { margin: 0; padding: 14px 16px 10px; background: var(--panel); border: 1px solid var(--rule);\
         border-radius: 8px; }
        figcaption p { color: var(--faint); font-size: 13px; min-height: 20px; margin: 0 0 4px; }
        svg.plot { display: block; width: 100%; height: auto; }
        svg text { font: 12px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: var(--faint); }
        svg .label { fill: var(--ink); }
        .halo { paint-order: stroke; stroke: var(--panel); stroke-width: 3px; }
        .shade { fill: var(--shade); }
        .grid { stroke: var(--rule); stroke-width: 0.75; }
        .axis { fill: none; stroke: var(--faint); }
        .curve { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        .curve.a, .mark.a { stroke: var(--a); }
        .curve.b, .mark.b { stroke: var(--b); }
        .band { opacity: 0.22; }
        .band.a, .bar.a, .bin.a, .swatch.a { fill: var(--a); }
        .band.b, .bar.b, .bin.b, .swatch.b { fill: var(--b); }
        .bin { opacity: 0.6; }
        .mark { fill: none; stroke-width: 1.2; stroke-dasharray: 4 3; }
        .mark.flood { stroke-dasharray: 1.5 3; }
        </style>
        """;

    private Page() {
    }

    /**
     * Begins a page with its heading.
     *
     * @param title text.
     * @return markup, to be ended by {@link #END}.
     */
    public static String begin(final String title) {
        final String text = Markup.escape(title);
        return "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
            + "<meta charset=\"utf-8\"/>\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
            + "<title>" + text + "</title>\n" + STYLE + "</head>\n<body>\n<main>\n<h1>" + text + "</h1>\n";
    }

    /**
     * A plot with its caption.
     *
     * @param title text.
     * @param words text that says what is seen.
     * @param plot  markup.
     * @return markup.
     */
    public static String figure(final String title, final String words, final String plot) {
        return "<figure><figcaption><h2>" + Markup.escape(title) + "</h2><p>" + Markup.escape(words)
            + "</p></figcaption>\n" + plot + "</figure>\n";
    }
}
