package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/**
 * The package under which the modules lie: {@code io.tenantry}, or that of a fixture which mimics
 * it. Rules name packages and classes relative to it.
 */
record Base(String name) {

  /** Where the product itself lies. */
  static final Base PRODUCT = new Base("io.tenantry");

  boolean holds(JavaClass type) {
    return type.getName().startsWith(name + ".");
  }

  /**
   * The class relative to this base, {@code persistence.orders.Order}; a nested class counts as the
   * outermost around it. The full name of a class that is not under this base.
   */
  String path(JavaClass type) {
    String full = outermost(type);
    return holds(type) ? full.substring(name.length() + 1) : full;
  }

  /** The package relative to this base, empty for the base itself and for packages elsewhere. */
  String packagePath(JavaClass type) {
    String path = path(type);
    int end = path.lastIndexOf('.');
    return holds(type) && end > 0 ? path.substring(0, end) : "";
  }

  /** The first part of the package, empty where there is none. */
  String module(JavaClass type) {
    String inside = packagePath(type);
    int end = inside.indexOf('.');
    return end < 0 ? inside : inside.substring(0, end);
  }

  boolean in(JavaClass type, Set<String> modules) {
    return modules.contains(module(type));
  }

  static String outermost(JavaClass type) {
    String full = type.getName();
    int nested = full.indexOf('$');
    return nested < 0 ? full : full.substring(0, nested);
  }
}
