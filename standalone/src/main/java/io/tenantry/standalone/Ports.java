package io.tenantry.standalone;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether the ports of HTTP are free, before the slow parts are started in vain. */
final class Ports {

  private Ports() {}

  /**
   * Demands that nothing listens on a port of 127.0.0.1.
   *
   * @param setting the variable that chooses another one
   * @throws TenantryException with {@code port_taken}
   */
  static void demandFree(int port, String setting) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new TenantryException(
          ErrorCode.PORT_TAKEN,
          "Port " + port + " of 127.0.0.1 is taken; set " + setting + " to a free one.",
          e);
    }
  }
}
