package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PgBouncer's lookup, set up by the very text of the page that tells how. */
class PoolerLookupIT {

  private static final Path PAGE = Path.of("..", "docs", "own-postgresql.md");

  @BeforeEach
  void setUpAsThePageSays() throws SQLException, IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("create role tenantry_pooler");
    String sql = page.substring(begin, page.indexOf("```", begin));
    // One by one: the driver does not see where a body between BEGIN ATOMIC and END stops.
    for (String statement : sql.split(";\\s*(?=create |revoke |grant )", -1)) {
      Linted.asSuperuser(statement.replace("on database tenantry to", "on database linted to"));
    }
  }

  @AfterEach
  void takeAway() throws SQLException {
    Linted.asSuperuser(
        "drop schema tenantry_pooler cascade; drop owned by tenantry_pooler; drop role"
            + " tenantry_pooler");
  }

  @Test
  void asThePageSaysItIsNoFinding() throws SQLException {
    assertThat(Linted.full()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create or replace function tenantry_pooler.verifier(login text) returns table (name text,"
            + " verifier text) language sql stable security definer set search_path = pg_catalog,"
            + " pg_temp begin atomic select rolname::text, rolpassword from pg_authid; end |"
            + " CODE_UNKNOWN",
        "alter function tenantry_pooler.verifier(text) reset search_path | CODE_UNKNOWN",
        "alter function tenantry_pooler.verifier(text) owner to tenantry_migrator | CODE_UNKNOWN",
        "grant execute on function tenantry_pooler.verifier(text) to tenantry_app_a | CODE_UNKNOWN",
        "grant execute on function tenantry_pooler.verifier(text) to public | CODE_UNKNOWN",
        "create function tenantry_pooler.verifier(login int) returns int language sql immutable"
            + " return 1 | CODE_UNKNOWN",
        "create table tenantry_pooler.kept (id int) | CODE_UNKNOWN",
        "alter schema tenantry_pooler owner to tenantry_owner | CODE_UNKNOWN",
        "grant usage on schema tenantry_pooler to tenantry_tenant | ROLE_GRANT",
        "grant create on schema tenantry_pooler to tenantry_pooler | ROLE_GRANT"
      })
  void anythingElseIsAFinding(String change, FindingCode code) throws SQLException {
    Linted.asSuperuser(change);
    assertThat(Linted.quick())
        .filteredOn(finding -> finding.code() == code)
        .extracting(Finding::object)
        .as(change)
        .isNotEmpty()
        .allMatch(object -> object.startsWith("tenantry_pooler"));
  }
}
