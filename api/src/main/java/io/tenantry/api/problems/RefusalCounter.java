package io.tenantry.api.problems;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenantry.tenancy.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Counts refusals by their code, and leaves the code with the request. Thread-safe. */
@Component
public class RefusalCounter {

  /** The metric's name; one counter for each code of the catalogue, from the start. */
  public static final String NAME = "tenantry.refusals";

  private static final String ATTRIBUTE = RefusalCounter.class.getName();

  private final Map<ErrorCode, Counter> counters = new EnumMap<>(ErrorCode.class);

  RefusalCounter(MeterRegistry meters) {
    for (ErrorCode code : ErrorCode.values()) {
      counters.put(
          code,
          Counter.builder(NAME)
              .description("Requests that were refused, by the code of the answer.")
              .tag("code", code.id())
              .register(meters));
    }
  }

  void count(HttpServletRequest request, ErrorCode code) {
    request.setAttribute(ATTRIBUTE, code.id());
    Counter counter = counters.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Counts an answer that is kept, by the code it tells; a code of nobody counts nothing. */
  public void countKept(HttpServletRequest request, String code) {
    for (ErrorCode known : counters.keySet()) {
      if (known.id().equals(code)) {
        count(request, known);
      }
    }
  }

  /** The code with which {@code request} was refused; empty when it was not. */
  public static Optional<String> code(HttpServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(ATTRIBUTE));
  }
}
