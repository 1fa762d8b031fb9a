package io.tenantry.operations.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Says whether a host is the machine that the command runs on. */
public final class ThisMachine {

  private ThisMachine() {}

  /** Whether all its addresses are loopback ones; not when it has none. Asks the name service. */
  public static boolean is(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
