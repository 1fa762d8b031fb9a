/** What is done again and again, on threads of its own. */
@NullMarked
package io.tenantry.control.rounds;

import org.jspecify.annotations.NullMarked;
