/**
 * The rules of the house, read from the compiled classes. Each runs over the product, where it must
 * hold, and over a fixture that violates it, where it must fail.
 */
@NullMarked
package io.tenantry.architecture;

import org.jspecify.annotations.NullMarked;
