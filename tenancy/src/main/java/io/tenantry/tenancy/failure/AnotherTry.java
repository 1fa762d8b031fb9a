package io.tenantry.tenancy.failure;

import io.tenantry.tenancy.RequestDeadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Whether a transaction that was given up for the sake of another is begun again. Thread-safe. */
public final class AnotherTry {

  private static final int MOST_RETRIES = 2;
  private static final int LONGEST_PAUSE_MILLIS = 25;

  private AnotherTry() {}

  /**
   * Whether there is to be one, and time for it; waits for a moment of random length before it,
   * else the same transactions might meet again. False too when the thread is interrupted, and it
   * stays so.
   *
   * @param retries how many there have been, from 0
   */
  public static boolean after(int retries) {
    if (retries >= MOST_RETRIES) {
      return false;
    }
    int longest = LONGEST_PAUSE_MILLIS * (retries + 1);
    Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, longest + 1));
    if (RequestDeadline.remaining(pause).compareTo(pause) < 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
