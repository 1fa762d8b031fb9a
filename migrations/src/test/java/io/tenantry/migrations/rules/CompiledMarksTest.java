package io.tenantry.migrations.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.migrations.plan.PlanException;
import java.io.IOException;
import java.nio.file.Path;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the linter says of entering tenants the compiler says too, of trees nobody has linted. */
class CompiledMarksTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"BACKFILL_WITHOUT_TENANT", "FOREIGN_KEY_UNCHECKED", "MARK_UNKNOWN"})
  void whatTheLinterFindsIsNotCompiled(Rule rule) throws IOException {
    Fixture bad = Fixture.of(rule, "bad", folder);

    assertThatThrownBy(() -> compile(bad))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(rule.id())
        .hasMessageContaining(rule.fix());
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKFILL_WITHOUT_TENANT", "FOREIGN_KEY_UNCHECKED", "MARK_UNKNOWN"})
  void whatTheLinterLetsPassIsCompiled(Rule rule) throws IOException {
    assertThat(compile(Fixture.of(rule, "good", folder))).isPositive();
  }

  private static int compile(Fixture fixture) throws IOException {
    return new PlanCompiler("tenant.xml", new DirectoryResourceAccessor(fixture.trees()))
        .compile()
        .plan()
        .changeSets()
        .size();
  }
}
