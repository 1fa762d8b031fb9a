package io.tenantry.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServingHealthTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void itServesWhileTheDatabaseAnswersAndTheDirectoryFollows() {
    assertThat(ServingHealth.serves(true, Optional.of(NOW.minusSeconds(29)), NOW)).isTrue();
  }

  @Test
  void itDoesNotServeWithoutADatabaseOrADirectoryOrWithOneThatStoppedFollowing() {
    assertThat(ServingHealth.serves(false, Optional.of(NOW), NOW)).isFalse();
    assertThat(ServingHealth.serves(true, Optional.empty(), NOW)).isFalse();
    assertThat(ServingHealth.serves(true, Optional.of(NOW.minusSeconds(30)), NOW)).isFalse();
  }
}
