package io.tenantry.api.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Hands what a controller, or the way to it, throws to the one writer. */
@RestControllerAdvice
class ProblemAdvice {

  private final ProblemWriter problems;

  ProblemAdvice(ProblemWriter problems) {
    this.problems = problems;
  }

  @ExceptionHandler(Throwable.class)
  void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problems.write(request, response, failure);
  }
}
