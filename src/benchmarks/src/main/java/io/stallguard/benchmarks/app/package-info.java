/** What the agent costs a whole app: JVMs that do nothing but ask and read, with it and without. */
@NullMarked
package io.stallguard.benchmarks.app;

import org.jspecify.annotations.NullMarked;
