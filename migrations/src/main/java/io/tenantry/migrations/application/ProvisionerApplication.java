package io.tenantry.migrations.application;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Carries out operations until it is told to stop; serves nothing. */
public final class ProvisionerApplication {

  private static final String NAME = "tenantry-provisioner";

  private ProvisionerApplication() {}

  /** Starts it, with settings from the usual places of Spring Boot. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(ProvisionerConfiguration.class)
        .web(WebApplicationType.NONE)
        .registerShutdownHook(true)
        // Its threads are daemons, so that they end with a context; the process lives by this.
        .properties(
            "spring.main.keep-alive=true",
            "spring.main.banner-mode=off",
            "spring.application.name=" + NAME)
        .run(args);
  }
}
