package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void noPortIsGivenTwice() {
    List<Integer> ports = Stream.generate(FreePorts::next).limit(2_000).toList();

    assertThat(ports).doesNotHaveDuplicates();
  }
}
