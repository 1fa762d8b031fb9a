package io.tenantry.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServingHealthTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Optional<Instant> RECENT = Optional.of(NOW.minusSeconds(29));

  @Test
  void itServesWhileTheDatabaseAnswersAndTheDirectoryFollows() {
    assertThat(ServingHealth.serves(true, RECENT, RECENT, NOW)).isTrue();
  }

  @Test
  void itDoesNotServeWithoutADatabaseOrADirectoryOrWithOneThatStoppedFollowing() {
    assertThat(ServingHealth.serves(false, RECENT, RECENT, NOW)).isFalse();
    for (Optional<Instant> old :
        List.of(Optional.<Instant>empty(), Optional.of(NOW.minusSeconds(30)))) {
      assertThat(ServingHealth.serves(true, old, RECENT, NOW)).isFalse();
      assertThat(ServingHealth.serves(true, RECENT, old, NOW)).isFalse();
    }
  }
}
