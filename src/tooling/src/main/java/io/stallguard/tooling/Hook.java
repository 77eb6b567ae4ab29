package io.stallguard.tooling;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of advice that is the hook of the agent, a {@code BiFunction<String, Object[],
 * Object>}: what takes a module's name and the arguments for its helper. Each use of the parameter
 * looks the hook up, which takes about a microsecond; where it is not used nothing is done.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Hook {}
