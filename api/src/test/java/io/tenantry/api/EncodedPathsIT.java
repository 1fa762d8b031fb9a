package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A path is what it reads as once it is decoded, for everything that looks at it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncodedPathsIT {

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator = platform.tokens().platform();
  private final ApiServer api = ApiServer.start("tenantry.http.deadline=2s");

  @AfterAll
  void close() {
    api.close();
  }

  @Test
  void aKeyedPlatformRequestIsOneHoweverItsPathIsWritten() {
    for (String path :
        new String[] {"/admin/v1/tenants/acme/clients", "/%61dmin/v1/tenants/acme/clients"}) {
      String key = UUID.randomUUID().toString();
      Answer made = keyed(path, key).is(201);
      Answer again = keyed(path, key).is(201);

      assertThat(made.header("Idempotency-Replayed")).isEmpty();
      assertThat(again.header("Idempotency-Replayed")).hasValue("true");
      assertThat(again.text("clientId")).isEqualTo(made.text("clientId"));
    }
  }

  @Test
  void aWaitMayBeLongerThanTheDeadlineHoweverThePathIsWritten() {
    String location =
        api.call("PUT", "/admin/v1/tenants/encoded")
            .json("{\"displayName\":\"Encoded\"}")
            .token(operator)
            .send()
            .is(202)
            .demanded("Location");

    for (String path : new String[] {location, location.replace("/admin/", "/%61dmin/")}) {
      Answer waited = api.get(path + "?wait=4s").token(operator).send().is(200);
      assertThat(waited.text("state")).isEqualTo("QUEUED");
    }
    platform.provisioner().provisionNow("encoded", "Encoded");
    String nowhere = "/%61dmin/v1/operations/" + UUID.randomUUID();
    api.get(nowhere + "?wait=1s").token(operator).send().isProblem(404, "not_found");
    api.get(nowhere + "?wait=x").token(operator).send().isProblem(400, "parameter_invalid");
  }

  private Answer keyed(String path, String key) {
    return api.post(path, "{}").token(operator).header("Idempotency-Key", key).send();
  }
}
