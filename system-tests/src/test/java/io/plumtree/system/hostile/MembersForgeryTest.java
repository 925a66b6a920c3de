package io.plumtree.system.hostile;

import io.plumtree.system.hostile.Attacks.By;
import org.junit.jupiter.api.Tag;

/** A member with a fault. */
@Tag("deep")
class MembersForgeryTest extends ForgeryTests {
    MembersForgeryTest() {
        super(By.MEMBER);
    }
}
