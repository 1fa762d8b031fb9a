package io.tenantry.testkit;

/** What the person who runs the tests may choose. */
final class TestSettings {
  private TestSettings() {}

  /** The system property of this name, or else the environment variable, or else the fallback. */
  static String get(String name, String fallback) {
    String property = System.getProperty(name, "");
    if (!property.isBlank()) {
      return property.strip();
    }
    String variable = System.getenv(name);
    return variable == null || variable.isBlank() ? fallback : variable.strip();
  }
}
