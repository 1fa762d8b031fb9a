/** What somebody with SQL of their own tries from inside one tenant's transaction. */
@NullMarked
package io.tenantry.persistence.attacks;

import org.jspecify.annotations.NullMarked;
