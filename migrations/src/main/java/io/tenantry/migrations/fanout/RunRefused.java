package io.tenantry.migrations.fanout;

/** A run that must not begin, or not go on; the message names why and the way out. */
final class RunRefused extends RuntimeException {

  private final boolean elsewhere;

  RunRefused(String message) {
    this(message, false);
  }

  private RunRefused(String message, boolean elsewhere) {
    super(message);
    this.elsewhere = elsewhere;
  }

  /** A version that this build does not have. */
  static RunRefused unknown(String version) {
    return new RunRefused(
        "This build has no changeset '" + version + "'. Use the build that has it.", true);
  }

  /** The shared schemas are of an older build than this one. */
  static RunRefused platformBehind() {
    return new RunRefused(
        "The platform's own schemas are of an older build: run 'migrate up', or start one"
            + " provisioner of this build with tenantry.provisioner.migrate-on-start=true.",
        true);
  }

  /** Whether another build, or this one in a while, may well do it. */
  boolean elsewhere() {
    return elsewhere;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
