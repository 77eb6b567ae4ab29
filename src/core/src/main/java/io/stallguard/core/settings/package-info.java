/**
 * What operators may say, where they say it, and what that means for an exchange: the settings and
 * their kinds, the sources and rules that they are read from, the limits that come of them.
 *
 * <p>The way in is {@link io.stallguard.core.settings.SettingsReader}, which makes {@link
 * io.stallguard.core.settings.Settings} of all sources; {@link io.stallguard.core.settings.Policy}
 * says of an exchange which {@link io.stallguard.core.settings.Limits} hold. A new setting is a
 * constant of {@link io.stallguard.core.settings.Setting}.
 *
 * <p>Who may enter: the tooling with the start of the agent, and what stands above. This room uses
 * the JDK, the core's words, and the body for the names of events.
 *
 * <p>Which threads run here: settings are read by the thread that starts the agent, or by the one
 * that changes them over JMX, and are immutable from then on, for any thread. No thread lives here.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.settings;
