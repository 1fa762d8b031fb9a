package io.tenantry.credentials.startup;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/**
 * Says in words which setting ends the start, and the way out, in place of a stack trace. Before
 * Spring Boot's own, which would print the value of every setting that cannot be bound.
 */
final class SettingFailureAnalyzer implements FailureAnalyzer, Ordered {

  private static final String PAGE = "docs/configuration.md lists every setting and what it takes.";

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    Throwable deepest = failure;
    BindException binding = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TenantryException known && known.code() == ErrorCode.SETTING_INVALID) {
        return new FailureAnalysis(known.detail(), known.code().hint() + " " + PAGE, failure);
      }
      if (cause instanceof BindException bind && isOurs(bind)) {
        binding = bind;
      }
      deepest = cause;
    }
    return binding == null ? null : analysis(binding, deepest, failure);
  }

  private static boolean isOurs(BindException failure) {
    return failure.getName().toString().startsWith(KnownSettings.OURS + ".");
  }

  private static FailureAnalysis analysis(
      BindException binding, Throwable deepest, Throwable failure) {
    String name = binding.getName().toString();
    ConfigurationProperty property = binding.getProperty();
    if (property == null || !property.getName().equals(binding.getName())) {
      // The record's own check of its values: its text names the setting, the value and what is
      // taken.
      return new FailureAnalysis(String.valueOf(deepest.getMessage()), PAGE, failure);
    }
    String type = binding.getTarget().getType().toClass().getSimpleName();
    return new FailureAnalysis(
        name + " is '" + property.getValue() + "', which is no " + type + ".",
        "Correct it (as a variable it is " + SettingNames.variable(name) + "). " + PAGE,
        failure);
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
