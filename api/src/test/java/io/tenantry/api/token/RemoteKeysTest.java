package io.tenantry.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import io.tenantry.api.KeyServer;
import io.tenantry.api.Signer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {

  private static final RemoteKeys.Times SHORT =
      new RemoteKeys.Times(
          Duration.ofMillis(1000),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          Duration.ofMinutes(10));

  private final JWK key = Signer.ec("known").publicKey();

  @Test
  void keysAreKeptAndReadAgainInTime() throws Exception {
    try (KeyServer server = new KeyServer(key);
        RemoteKeys keys = new RemoteKeys(URI.create(server.address()), RemoteKeys.Times.STANDARD)) {
      for (int i = 0; i < 20; i++) {
        assertThat(select(keys, "known")).hasSize(1);
      }
      assertThat(server.asked()).isEqualTo(1);
    }
    try (KeyServer server = new KeyServer(key);
        RemoteKeys keys = new RemoteKeys(URI.create(server.address()), SHORT)) {
      assertThat(select(keys, "known")).hasSize(1);
      server.publish(Signer.ec("other").publicKey());
      soon(() -> assertThat(select(keys, "known")).isEmpty());
      assertThat(select(keys, "other")).hasSize(1);
    }
  }

  @Test
  void keysServeOnPastTheirTimeWhileTheServerIsAway() throws Exception {
    KeyServer server = new KeyServer(key);
    try (RemoteKeys keys = new RemoteKeys(URI.create(server.address()), SHORT)) {
      assertThat(select(keys, "known")).hasSize(1);
      server.close();
      Awaitility.await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(select(keys, "known")).hasSize(1));
    }
  }

  @Test
  void aServerThatWasNeverThereIsAFailureHoweverOftenItIsAsked() throws IOException {
    try (RemoteKeys keys =
        new RemoteKeys(URI.create("http://127.0.0.1:1/jwks"), RemoteKeys.Times.STANDARD)) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> select(keys, "known")).isInstanceOf(KeySourceException.class);
      }
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    try (KeyServer server = new KeyServer(key);
        RemoteKeys keys =
            new RemoteKeys(URI.create(server.redirect()), RemoteKeys.Times.STANDARD)) {
      assertThatThrownBy(() -> select(keys, "known")).isInstanceOf(KeySourceException.class);
      assertThat(server.asked()).isZero();
    }
  }

  private static List<JWK> select(RemoteKeys keys, String id) throws KeySourceException {
    return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
  }

  private static void soon(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }
}
