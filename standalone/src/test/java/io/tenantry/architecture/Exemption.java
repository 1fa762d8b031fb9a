package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/**
 * Where a rule does not hold, and why.
 *
 * @param place a class or a package, relative to the base; what lies in a package below it is not
 *     meant
 */
record Exemption(String place, String reason) {

  Exemption {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("The exemption of " + place + " has no reason.");
    }
  }

  boolean covers(Base base, JavaClass type) {
    return place.equals(base.path(type)) || place.equals(base.packagePath(type));
  }

  static boolean anyCovers(List<Exemption> exemptions, Base base, JavaClass type) {
    return exemptions.stream().anyMatch(each -> each.covers(base, type));
  }
}
