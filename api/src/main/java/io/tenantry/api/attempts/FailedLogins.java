package io.tenantry.api.attempts;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.LimitExceededException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Counts wrong secrets. By client and address together, so that nobody locks a client out from
 * elsewhere; by address alone, so that nobody tries one secret on every client. Thread-safe.
 */
@Component
public class FailedLogins {

  private final Allowance ofClient;
  private final Allowance ofAddress;

  public FailedLogins(AttemptSettings settings) {
    this.ofClient = new Allowance(settings.failedLoginsPerClient());
    this.ofAddress = new Allowance(settings.failedLoginsPerAddress());
  }

  /**
   * Lets an attempt go on, or not; to be asked before the secret is looked at.
   *
   * @throws LimitExceededException with {@code too_many_failures}
   */
  public void demandAllowance(String remoteAddress, String clientId) {
    String address = CallerAddress.network(remoteAddress);
    Optional<Duration> wait =
        ofClient.wait(key(address, clientId)).or(() -> ofAddress.wait(address));
    if (wait.isPresent()) {
      throw new LimitExceededException(
          ErrorCode.TOO_MANY_FAILURES,
          "Too many wrong secrets came from the caller's address.",
          wait.get());
    }
  }

  /** Notes that an attempt has failed. */
  public void failed(String remoteAddress, String clientId) {
    String address = CallerAddress.network(remoteAddress);
    ofClient.failed(key(address, clientId));
    ofAddress.failed(address);
  }

  private static String key(String address, String clientId) {
    return address + " " + clientId;
  }
}
