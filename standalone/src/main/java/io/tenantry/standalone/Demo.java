package io.tenantry.standalone;

import io.tenantry.control.ApiClientStore;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The two tenants, and the three API clients, that a first start makes. */
final class Demo {

  static final List<String> TENANTS = List.of("acme", "globex");
  static final String PLATFORM_CLIENT = "platform";

  private static final Set<String> TENANT_SCOPES = Set.of("tenant:read", "tenant:write");
  private static final Set<String> PLATFORM_SCOPES =
      Set.of("platform:read", "platform:write", "platform:purge");

  private final ApiClientStore clients;
  private final Path secrets;
  private final PasswordEncoder encoder =
      PasswordEncoderFactories.createDelegatingPasswordEncoder();

  private Demo(ApiClientStore clients, Path secrets) {
    this.clients = clients;
    this.secrets = secrets;
  }

  /** Makes what is missing; the secrets of the clients are kept with the others. */
  static void create(DatabaseAddress address, CredentialSource credentials, Path secrets) {
    Provisioner provisioner = PlatformSetup.provisioner(address, credentials);
    DutyDataSource control =
        new DutyDataSource(address, credentials, Duty.CONTROL, "tenantry-demo");
    TenantStore tenants = new TenantStore(control);
    Demo demo = new Demo(new ApiClientStore(control), secrets);
    for (String slug : TENANTS) {
      try {
        // One that is there may have been renamed or suspended meanwhile, and stays so.
        Tenant tenant =
            tenants
                .findBySlug(new TenantSlug(slug))
                .filter(Demo::isMade)
                .orElseGet(() -> provisioner.provisionNow(slug, displayName(slug)));
        demo.client(slug, tenant.id(), TENANT_SCOPES);
      } catch (TenantryException e) {
        // Purged a short while ago, and not wanted back.
        if (e.code() != ErrorCode.SLUG_QUARANTINED) {
          throw e;
        }
      }
    }
    demo.client(PLATFORM_CLIENT, null, PLATFORM_SCOPES);
  }

  private static boolean isMade(Tenant tenant) {
    return switch (tenant.state()) {
      case PENDING, PROVISIONING, FAILED -> false;
      default -> true;
    };
  }

  private static String displayName(String slug) {
    return Character.toUpperCase(slug.charAt(0)) + slug.substring(1);
  }

  private void client(String id, @Nullable TenantId tenant, Set<String> scopes) {
    String secret = SecretDirectory.clientSecret(secrets, id);
    if (clients.find(id).isEmpty()) {
      clients.insertIfAbsent(id, tenant, encoder.encode(secret), scopes);
    }
  }
}
