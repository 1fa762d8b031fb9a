package io.tenantry.testkit;

/** One way to have a server. Methods may block; the failures are unchecked. */
interface TestServer extends AutoCloseable {
  String host();

  int port();

  String superuser();

  String password();

  /** What it is, without its password. */
  String description();

  default boolean supportsRestart() {
    return true;
  }

  /** Idempotent; keeps the data and the port. */
  void stop();

  /** Idempotent; returns when connections are taken again. */
  void start();

  @Override
  void close();
}
