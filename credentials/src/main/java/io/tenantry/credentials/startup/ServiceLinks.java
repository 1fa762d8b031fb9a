package io.tenantry.credentials.startup;

import java.util.regex.Pattern;

/**
 * Variables that Kubernetes sets in every container for each service of the namespace. Nobody wrote
 * them as settings, and a service named {@code postgres} or {@code tenantry} makes names that are
 * ours.
 */
public final class ServiceLinks {

  private static final Pattern NAME =
      Pattern.compile(
          ".*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
  private static final Pattern VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

  private ServiceLinks() {}

  /** Whether a variable with this value is one of them; {@code TENANTRY_PORT} is by its value. */
  public static boolean isOne(String name, String value) {
    return NAME.matcher(name).matches()
        || (name.endsWith("_PORT") && VALUE.matcher(value).matches());
  }
}
