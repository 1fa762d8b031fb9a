package io.tenantry.reference;

import io.tenantry.migrations.rules.Rule;
import io.tenantry.migrations.rules.RuleGroup;
import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The page about changesets' rules is what the rules say. */
class ChangeSetRulePageTest {

  private static final String HEAD =
      """
      # Rules for changesets

      Written from the rules (`ChangeSetRulePageTest`); change `rules.properties`, not this page. `make migrate.lint` looks, and `make check` does.
      It reads the files alone, and asks no database.

      **Waiving.** A line in the changeset, `-- tenantry: allow <rule>: <reason>`, waives a rule there, if it is one that may be waived. A waiver
      without a reason, or with nothing to waive, is a finding itself. Its text is part of the changeset: it cannot be added to a released one.

      **Entering tenants.** `-- tenantry: enter` in a changeset of the tenant tree says that the runner has to enter each tenant before it, since it
      reads or writes tenants' rows.

      **Incompatible.** `-- tenantry: incompatible` says that code which does not know the changeset does not work with it, or the other way round.

      **What has been released** is in `platform.lock` and `tenant.lock` beside the roots: ids, and the checksums that Liquibase keeps of them. Such a changeset
      keeps its text and its place. `mapping.lock` holds what the released version maps: together with what this build maps, that may not be dropped.
      `make migrate.lock` writes all three when a version is released, unless a rule is broken.

      **Large tables** are listed in `large-tables.txt` beside the roots, with the reason.

      **What is understood.** SQL is cut into tokens by PostgreSQL's lexical rules. Of its grammar the linter knows what the rules ask for; a statement that it does not
      know it passes over. In DO blocks it sees the statements of every branch, and the first literal of an EXECUTE; text put together from several literals
      it sees as far as the first. Bodies of functions are not looked into, and a column's former type is not known: each change of a type counts as a rewrite.
      A call in a default counts as volatile unless it is known not to be.

      **The platform's own tables** (`tenantry_control`) are of one domain, which their schema names: they need no prefix, and their keys need no `tenant_id`. Columns that record
      when a row came to be, or was last written, are those called `created_at`, `recorded_at`, `placed_at`, `occurred_at` and `updated_at`.

      How a change is spread over releases: [expand-migrate-contract.md](expand-migrate-contract.md).
      """;

  @Test
  void thePageSaysWhatTheRulesSay() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (RuleGroup group : RuleGroup.values()) {
      page.append("\n## ").append(group.title()).append("\n\n");
      page.append("| rule | what is found | why it matters | what to do | may be waived |\n");
      page.append("|---|---|---|---|---|\n");
      for (Rule rule : Rule.values()) {
        if (rule.group() == group) {
          page.append(
              "| `%s` | %s | %s | %s | %s |\n"
                  .formatted(
                      rule.id(),
                      cell(rule.what()),
                      cell(rule.why()),
                      cell(rule.fix()),
                      rule.waivable() ? "yes" : ""));
        }
      }
    }
    GeneratedFile.of("docs/migrations/rules.md").mustBe(page.toString());
  }

  /** What is not code yet must not be taken for HTML. */
  private static String cell(String text) {
    StringBuilder cell = new StringBuilder();
    boolean code = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      code ^= c == '`';
      cell.append(c == '<' && !code ? "&lt;" : c == '|' ? "\\|" : String.valueOf(c));
    }
    return cell.toString();
  }
}
