/** What has a name of Vert.x's. */
package io.vertx.core;
