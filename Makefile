# Everything a developer or CI calls. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export MVN ?= mvn
# The warnings name the libraries that the licence check refuses; -q would hide them.
LICENCES := -Plicences -Dorg.slf4j.simpleLogger.log.org.codehaus.mojo.license=warn
JAR := standalone/target/tenantry.jar
SOURCES := $(shell find . -name pom.xml -o -path '*/src/main/*' -type f 2>/dev/null)
TENANTRY = home=$$(ops/dev/jdk.sh) && exec "$$home/bin/java" -jar $(JAR)

# A running `make run` reads from the jar: what works on it does not build anew under its feet.
BUILT = { test -f $(JAR) && test -f "$${TENANTRY_HOME:-.tenantry}/instance.properties"; } || $(MAKE) $(JAR)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z][a-z0-9._-]*:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(JAR) ## Start everything in one process on an embedded PostgreSQL
	@$(TENANTRY) run

.PHONY: test
test: ## Run the whole suite
	@rm -rf */target/surefire-reports build/seen-codes
	@code=0; ops/dev/test-lanes.sh || code=$$?; ops/dev/test-summary.sh || code=1; exit $$code

.PHONY: check
check: ## What CI runs: format, compile with all checks, tests, docs, licences
	@ops/dev/format.sh check
	@$(MVN) -B -q clean
	@$(MAKE) test MVN="$(MVN) $(LICENCES)"

.PHONY: test.pg15
test.pg15: ## Proof: the same suite on Debian's PostgreSQL 15 (installs it)
	@ops/dev/test-pg15.sh

.PHONY: test.fuzz
test.fuzz: ## Proof: 200,000 odd requests, each answer as described (SEED=, COUNT=)
	@ops/dev/test-fuzz.sh

.PHONY: test.mutants
test.mutants: ## Proof: each wall and check taken away by itself, and the test that notices (ONLY=)
	@ops/dev/test-mutants.sh

.PHONY: test.soak
test.soak: ## Proof: 200 threads, 50 tenants and trouble for 5 minutes (SEED=)
	@ops/dev/test-soak.sh

.PHONY: test.fanout
test.fanout: ## Proof: faults in a run over the schemas of 1,000 tenants (TENANTS=)
	@ops/dev/test-fanout.sh

.PHONY: test.pgbouncer
test.pgbouncer: ## Proof: attacks, load and walls through PgBouncer (installs it)
	@ops/dev/test-pgbouncer.sh

.PHONY: bench.drift
bench.drift: ## Measure how long a look at all tenants' schemas takes (TENANTS=10000)
	@ops/dev/bench-drift.sh

.PHONY: bench.onboarding
bench.onboarding: ## Measure how long tenants take to be made, beside raw DDL, Liquibase and Flyway (TENANTS=)
	@ops/dev/bench-onboarding.sh

# These two do not build anew: the running process reads from the same file.
.PHONY: token
token: ## Print a token for a running `make run`: make -s token TENANT=acme
	@test -f $(JAR) || $(MAKE) $(JAR)
	@$(TENANTRY) token "$(TENANT)"

.PHONY: demo
demo: ## A tour against a running `make run`, with what each step proves
	@test -f $(JAR) || $(MAKE) $(JAR)
	@$(TENANTRY) demo

.PHONY: doctor
doctor: ## Look whether a running `make run` is as isolation needs it
	@test -f $(JAR) || $(MAKE) $(JAR)
	@$(TENANTRY) doctor

# A running `make run`, or the database that DATABASE_URL and so on name.
.PHONY: migrate
migrate: ## Bring the schemas of all tenants to this build's version
	@$(BUILT)
	@$(TENANTRY) migrate up

.PHONY: migrate.status
migrate.status: ## How many schemas are at which version, which failed or drifted
	@$(BUILT)
	@$(TENANTRY) migrate status

.PHONY: migrate.down
migrate.down: ## Take back changesets of all tenants' schemas: make migrate.down N=1
	@test -n "$(N)" || { echo "Say how many: make migrate.down N=1" >&2; exit 2; }
	@$(BUILT)
	@$(TENANTRY) migrate down "$(N)"

.PHONY: migrate.drift
migrate.drift: ## Compare every tenant's schema with what its version makes
	@$(BUILT)
	@$(TENANTRY) migrate drift

.PHONY: db.psql
db.psql: ## A prompt for SQL, reading only (AS=control, backup, ..)
	@$(BUILT)
	@# AS is also make's own name for the assembler.
	@$(TENANTRY) db psql $(if $(filter-out default,$(origin AS)),$(if $(AS),--as "$(AS)"))

.PHONY: db.reset
db.reset: ## Drop the database and make it anew, empty (CONFIRM=tenantry, REMOTE=)
	@$(BUILT)
	@$(TENANTRY) db reset $(if $(CONFIRM),--confirm "$(CONFIRM)") $(if $(REMOTE),--remote "$(REMOTE)")

.PHONY: migrate.lint
migrate.lint: ## Say which changesets break a rule of docs/migrations/rules.md
	@$(BUILT)
	@$(TENANTRY) changes lint

.PHONY: migrate.draft
migrate.draft: ## Draft a changeset from what is mapped and not made yet: NAME=desk_limits
	@$(BUILT)
	@$(TENANTRY) changes draft "$(NAME)"

.PHONY: migrate.lock
migrate.lock: ## Write down that all changesets are released
	@$(BUILT)
	@$(TENANTRY) changes release

.PHONY: format
format: ## Format all Java sources
	@ops/dev/format.sh write

.PHONY: docs
docs: ## Write the generated pages under docs/ anew
	@$(MVN) -B -q test -pl standalone -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest='DatabaseArchitectureIT,MetricCatalogueTest,DescriptionIT#theCommittedDescriptionIsWhatIsServed,ConfigurationPageTest,CommandLinePageTest,ErrorPageTest,FindingPageTest,AttacksPageTest,ChangeSetRulePageTest' -Dtest.argLine=-Ddocs.write=true

.PHONY: jars
jars: ## Build api, provisioner and command line as jars that run by themselves
	@$(MVN) -B -q package -Dmaven.test.skip=true -pl api,migrations,operations -am -Pjars
	@ls -1 api/target/tenantry-api-exec.jar migrations/target/tenantry-provisioner-exec.jar operations/target/tenantry-operations-exec.jar

.PHONY: bench.fanout
bench.fanout: ## One change of each kind over 10,000 tenants, beside Liquibase and Flyway (TENANTS=)
	@ops/dev/bench-fanout.sh

.PHONY: clean
clean: ## Remove what was built (not .tenantry, the data of `make run`)
	@$(MVN) -B -q clean
	@rm -rf build

$(JAR): $(SOURCES)
	@echo "Building ..." >&2
	@$(MVN) -B -q package -Dmaven.test.skip=true -pl standalone -am
	@touch $@
