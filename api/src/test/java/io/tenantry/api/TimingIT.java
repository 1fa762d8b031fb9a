package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whether the time of an answer tells a neighbour's id from one that nobody has. Both are asked for
 * in turn, in an order that chance decides, so that whatever else the machine does slows both. The
 * measure is the chance that a foreign id took longer than an unknown one: one half when time tells
 * nothing. With {@value #PAIRS} of each its standard deviation is 0.017 (Mann and Whitney, 1947),
 * so the threshold of 0.1 is six of them away: a machine's noise does not reach it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimingIT {

  private static final int PAIRS = 600;
  private static final int WARM_UP = 50;
  private static final double MOST = 0.1;
  private static final String LEAK = "X-Leak-Of-The-Test";

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());
  private final String globex = platform.tokens().tenant(platform.globex().id());
  private final ApiServer api = ApiServer.start(List.of(Leak.class));
  private final Random random = new Random(20_261_121);

  @AfterAll
  void close() {
    api.close();
  }

  /** Shows that a leak would be seen, as long as the median of these answers takes. */
  @Test
  void anAnswerThatIsSlowerForForeignIdsIsFound() {
    assertThat(chanceThatForeignTakesLonger("orders", true) - 0.5).isGreaterThan(MOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "reports"})
  void theTimeOfAnAnswerDoesNotTellAForeignIdFromAnUnknownOne(String kind) {
    assertThat(Math.abs(chanceThatForeignTakesLonger(kind, false) - 0.5)).isLessThan(MOST);
  }

  private double chanceThatForeignTakesLonger(String kind, boolean leaking) {
    String foreign = "/v1/" + kind + "/" + foreignId(kind);
    List<Long> ofForeign = new ArrayList<>();
    List<Long> ofUnknown = new ArrayList<>();
    // The first requests compile and prepare what the others find ready.
    for (int i = 0; i < WARM_UP; i++) {
      time(foreign, 0);
      ofUnknown.add(time(unknown(kind), 0));
    }
    Collections.sort(ofUnknown);
    long leak = leaking ? ofUnknown.get(WARM_UP / 2) : 0;
    ofUnknown.clear();
    for (int i = 0; i < PAIRS; i++) {
      if (random.nextBoolean()) {
        ofForeign.add(time(foreign, leak));
        ofUnknown.add(time(unknown(kind), 0));
      } else {
        ofUnknown.add(time(unknown(kind), 0));
        ofForeign.add(time(foreign, leak));
      }
    }
    long longer = 0;
    for (long a : ofForeign) {
      for (long b : ofUnknown) {
        longer += a > b ? 2 : a == b ? 1 : 0;
      }
    }
    return longer / (2.0 * PAIRS * PAIRS);
  }

  private static String unknown(String kind) {
    return "/v1/" + kind + "/" + UUID.randomUUID();
  }

  private String foreignId(String kind) {
    String body =
        kind.equals("orders")
            ? "{\"symbol\":\"T\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}"
            : "{\"title\":\"Timing\",\"body\":\"Theirs\"}";
    return api.post("/v1/" + kind, body).token(globex).send().is(201).text("id");
  }

  private long time(String path, long leakNanos) {
    Call call = api.get(path).token(acme);
    if (leakNanos > 0) {
      call.header(LEAK, Long.toString(leakNanos));
    }
    long start = System.nanoTime();
    Answer answer = call.send();
    long took = System.nanoTime() - start;
    answer.isProblem(404, "not_found");
    return took;
  }

  /** As a look at what others have would be. No component: it is for this server alone. */
  static class Leak extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      String leak = request.getHeader(LEAK);
      if (leak != null) {
        LockSupport.parkNanos(Long.parseLong(leak));
      }
      chain.doFilter(request, response);
    }
  }
}
