package io.tenantry.api.http;

import io.tenantry.tenancy.RequestDeadline;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets the time by which a request has to be answered, whatever its path. */
class DeadlineFilter extends OncePerRequestFilter {

  private final Duration deadline;

  DeadlineFilter(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      RequestDeadline.<Boolean, Exception>call(
          deadline.plus(LongPoll.wished(request)),
          () -> {
            chain.doFilter(request, response);
            return true;
          });
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }
}
