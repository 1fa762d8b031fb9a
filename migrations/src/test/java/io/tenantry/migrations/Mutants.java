package io.tenantry.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.mutants.MutantRuns;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Run by ops/dev/test-mutants.sh alone: by its name it is no test of the suite. */
class Mutants {

  @Test
  void eachIsNoticedByATest() throws IOException {
    assertThat(MutantRuns.run("migrations")).as("mutants that no test noticed").isEmpty();
  }
}
