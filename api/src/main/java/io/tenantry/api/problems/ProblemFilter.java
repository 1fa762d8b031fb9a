package io.tenantry.api.problems;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers what the filters after it throw; without it the container would, in its own words. */
public class ProblemFilter extends OncePerRequestFilter {

  private final ProblemWriter problems;

  public ProblemFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    try {
      chain.doFilter(request, response);
    } catch (Exception | StackOverflowError failure) {
      problems.write(request, response, failure);
    }
  }
}
