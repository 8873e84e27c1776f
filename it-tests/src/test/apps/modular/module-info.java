// SPDX-License-Identifier: Apache-2.0
/** A named module with the API on its module path. */
module modular {
    requires io.tpool.runtime;
    requires java.management;
}
