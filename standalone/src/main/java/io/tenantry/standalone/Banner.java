package io.tenantry.standalone;

import io.tenantry.operations.platform.Instance;

/** What a newcomer needs after the start, ready to copy. */
final class Banner {

  private Banner() {}

  static String of(Instance instance) {
    return """

    Tenantry is running.

      API         %1$s
      Docs        %1$s/docs
      PostgreSQL  127.0.0.1:%2$d (embedded)
      Tenants     acme, globex (and the client "platform" for /admin/v1)

      A token:          make -s token TENANT=acme
      A first request:  curl -s -H "Authorization: Bearer $(make -s token TENANT=acme)" %1$s/v1/tenant
      A tour:           make demo

    Stop it with Ctrl-C.
    """
        .formatted(instance.api(), instance.postgresPort());
  }
}
