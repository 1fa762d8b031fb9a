package io.tenantry.operations.tenants;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/** Has an operator name the tenant twice before something that hurts. */
final class Confirmation {

  private Confirmation() {}

  /**
   * The slug, typed again.
   *
   * @throws ParameterException when it is another one, or was not typed
   */
  static String of(OneTenant command, @Nullable String option, String does) {
    String slug = command.slug().value();
    Optional<String> typed =
        command.confirmation(
            Optional.ofNullable(option),
            "This " + does + " '" + slug + "'. Type its slug to go on: ");
    if (typed.filter(slug::equals).isEmpty()) {
      throw new ParameterException(
          command.spec().commandLine(),
          typed.isEmpty()
              ? "This " + does + " '" + slug + "'; say so again with --confirm " + slug + "."
              : "--confirm names another tenant than '" + slug + "'.");
    }
    return slug;
  }
}
