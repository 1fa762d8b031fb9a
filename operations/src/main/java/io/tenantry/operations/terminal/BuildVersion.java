package io.tenantry.operations.terminal;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar says it is of. */
public final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
            .orElse("(not from a jar)");
    return new String[] {"tenantry " + version};
  }
}
