package io.tenantry.embedded;

/**
 * Which port of the loopback address the server takes. Immutable.
 *
 * @param port where to begin; 0 lets the system choose
 * @param exact true when no other port will do
 */
public record PortChoice(int port, boolean exact) {
  /** How far upward a preferred port is searched from. */
  static final int SEARCHED = 100;

  private static final int HIGHEST = 65_535;

  public PortChoice {
    if (port < 0 || port > HIGHEST || (exact && port == 0)) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /** This port, or the next free one above it. */
  public static PortChoice preferred(int port) {
    return port == 0 ? anyFree() : new PortChoice(port, false);
  }

  /** This port and no other: the start fails when it is taken. */
  public static PortChoice exactly(int port) {
    return new PortChoice(port, true);
  }

  /** Any free port. */
  public static PortChoice anyFree() {
    return new PortChoice(0, false);
  }

  int last() {
    return exact ? port : Math.min(HIGHEST, port + SEARCHED - 1);
  }
}
