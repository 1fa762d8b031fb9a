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
  void escapeCodesInSomebodysNameDoNotReachTheTerminal() {
    assertThat(new Table("NAME").add("a\u001b[31mb\nc\u202ed\u009b").toString())
        .isEqualTo("NAME\na?[31mb?c?d?");
    assertThat(Table.plain("Čapek, 株式会社, 🙂")).isEqualTo("Čapek, 株式会社, 🙂");
  }
}
