package io.tenantry.api.isolation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words why the start was refused, in place of a stack trace. */
final class UnsafePlatformAnalyzer extends AbstractFailureAnalyzer<UnsafePlatformException> {

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, UnsafePlatformException cause) {
    return new FailureAnalysis(
        cause.detail(),
        cause.code().hint() + " docs/findings.md explains each (" + cause.code().id() + ").",
        rootFailure);
  }
}
