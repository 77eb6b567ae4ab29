/** What has a name of AsyncHttpClient's. */
package org.asynchttpclient;
