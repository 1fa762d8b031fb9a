package io.tenantry.persistence.attacks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A row of docs/security/attacks.md; the annotated test shows it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Attack {

  /** What is tried. */
  String tries();

  /** What stops it, the outermost wall first. */
  Wall[] stoppedBy();

  /** What is left of it once it is past the outermost wall, and how that is noticed; or empty. */
  String leaves() default "";
}
