/** Names of Kotlin's that are looked up. */
package kotlinx.coroutines;
