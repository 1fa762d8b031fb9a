package io.tenantry.api.isolation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Lets proofs get old faster than the clock goes. */
@Configuration(proxyBeanMethods = false)
public class AgeingProofs {

  private static final AtomicLong AHEAD = new AtomicLong();

  /** All proofs there are become that much older. */
  public static void by(Duration time) {
    AHEAD.addAndGet(time.toNanos());
  }

  @Bean
  @Primary
  Freshness ageing(ProberSettings prober, SafetySettings safety) {
    return new Freshness(prober, safety, () -> System.nanoTime() + AHEAD.get());
  }
}
