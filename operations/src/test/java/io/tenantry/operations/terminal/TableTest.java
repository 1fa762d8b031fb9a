package io.tenantry.operations.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCellAndLinesEndWithoutBlanks() {
    assertThat(new Table("SLUG", "STATUS").add("acme", "ACTIVE").add("initech", "").toString())
        .isEqualTo("SLUG     STATUS\nacme     ACTIVE\ninitech");
  }

  @Test
  void aCellStaysInItsLineAndSteersNothing() {
    assertThat(new Table("NAME", "").add("a\u001b[31mb\nc", "x").toString())
        .isEqualTo("NAME\na\\u001b[31mb\\u000ac  x");
  }
}
