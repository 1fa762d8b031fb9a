/** What it takes to make a tenant, beside what it takes others. */
@NullMarked
package io.tenantry.bench.onboarding;

import org.jspecify.annotations.NullMarked;
