package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.annotations.TenantId;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** Entities, their repositories, and the controllers in front of them. */
final class EntityRules {

  private static final Set<String> CACHE_TYPES =
      Set.of(
          "jakarta.persistence.Cacheable",
          "jakarta.persistence.Cache",
          "org.hibernate.annotations.Cache",
          "org.hibernate.annotations.NaturalIdCache",
          "org.hibernate.Cache");

  private EntityRules() {}

  static List<ArchitectureRule> all() {
    return List.of(
        new ArchitectureRule(
            "visibility",
            "be package-private where it is an entity, a repository or a controller",
            EntityRules::visibility),
        new ArchitectureRule("caches", "not cache rows in persistence", EntityRules::caches),
        new ArchitectureRule(
            "finding",
            "read by a query: EntityManager.find answers null when the connection breaks under it",
            (base, type) -> Uses.calls(type, EntityRules::finds)),
        new ArchitectureRule(
            "tenantcolumn",
            "have a field with @TenantId where it is an entity",
            EntityRules::column));
  }

  private static Stream<String> visibility(Base base, JavaClass type) {
    boolean meant =
        type.isAnnotatedWith(Entity.class)
            || type.isAssignableTo(Repository.class)
            || type.isAnnotatedWith(Controller.class)
            || type.isMetaAnnotatedWith(Controller.class)
            || type.isAnnotatedWith(ControllerAdvice.class)
            || type.isMetaAnnotatedWith(ControllerAdvice.class);
    boolean open =
        type.getModifiers().contains(JavaModifier.PUBLIC)
            || type.getModifiers().contains(JavaModifier.PROTECTED);
    return meant && open
        ? Stream.of("Class <" + type.getName() + "> can be seen outside of its package.")
        : Stream.empty();
  }

  /** A row found in a cache was found without the database, so no policy was asked. */
  private static Stream<String> caches(Base base, JavaClass type) {
    if (!base.module(type).equals("persistence")) {
      return Stream.empty();
    }
    return Stream.concat(
        Uses.named(
            type,
            other ->
                CACHE_TYPES.contains(other.getName())
                    || Uses.inPackage(other, "org.springframework.cache")),
        Uses.calls(type, EntityRules::cachesQuery));
  }

  private static boolean cachesQuery(JavaAccess<?> access) {
    return access.getName().equals("setCacheable")
        && Uses.inPackage(access.getTargetOwner(), "org.hibernate");
  }

  private static boolean finds(JavaAccess<?> access) {
    return access.getName().equals("find")
        && access.getTargetOwner().isAssignableTo(EntityManager.class);
  }

  private static Stream<String> column(Base base, JavaClass type) {
    boolean without =
        type.isAnnotatedWith(Entity.class)
            && type.getAllFields().stream()
                .noneMatch(field -> field.isAnnotatedWith(TenantId.class));
    return without
        ? Stream.of("Entity <" + type.getName() + "> has no field with @TenantId.")
        : Stream.empty();
  }
}
