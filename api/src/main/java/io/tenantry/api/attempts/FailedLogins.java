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
   * Refuses who has no allowance, and takes none. Costs nothing, so that it can be asked before an
   * attempt waits for its turn.
   *
   * @throws LimitExceededException with {@code too_many_failures}
   */
  public void demandAllowance(String remoteAddress, String clientId) {
    String address = CallerAddress.network(remoteAddress);
    refuse(ofClient.wait(key(address, clientId)).or(() -> ofAddress.wait(address)));
  }

  /**
   * Counts an attempt as failed, before its secret is looked at: of many at once no more are tried
   * than there is allowance. To be followed by {@link #giveBack} unless the secret was wrong.
   *
   * @throws LimitExceededException with {@code too_many_failures}; then nothing was counted
   */
  public void take(String remoteAddress, String clientId) {
    String address = CallerAddress.network(remoteAddress);
    refuse(ofClient.take(key(address, clientId)));
    Optional<Duration> wait = ofAddress.take(address);
    if (wait.isPresent()) {
      ofClient.giveBack(key(address, clientId));
    }
    refuse(wait);
  }

  /** Notes that an attempt which was counted was no failure. */
  public void giveBack(String remoteAddress, String clientId) {
    String address = CallerAddress.network(remoteAddress);
    ofClient.giveBack(key(address, clientId));
    ofAddress.giveBack(address);
  }

  private static void refuse(Optional<Duration> wait) {
    if (wait.isPresent()) {
      throw new LimitExceededException(
          ErrorCode.TOO_MANY_FAILURES,
          "Too many wrong secrets came from the caller's address.",
          wait.get());
    }
  }

  private static String key(String address, String clientId) {
    return address + " " + clientId;
  }
}
