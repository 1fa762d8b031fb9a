package io.tenantry.api.attempts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The address of a caller in the form by which its attempts are counted. */
final class CallerAddress {

  // Literals alone: a name would be asked for over the network.
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int NETWORK_BYTES = 8;

  private CallerAddress() {}

  /** IPv4 as it is; of IPv6 the first 64 bits, of which one caller has all the rest. */
  static String network(String remote) {
    int zone = remote.indexOf('%');
    String address = zone < 0 ? remote : remote.substring(0, zone);
    if (!LITERAL.matcher(address).matches()) {
      return remote;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      if (!(parsed instanceof Inet6Address)) {
        return parsed.getHostAddress();
      }
      byte[] bytes = parsed.getAddress();
      Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      return remote;
    }
  }
}
