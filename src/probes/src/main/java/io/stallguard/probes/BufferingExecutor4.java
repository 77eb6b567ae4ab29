package io.stallguard.probes;

import java.io.IOException;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.entity.BufferedHttpEntity;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;

/** Reads each entity before its client sees the response. */
final class BufferingExecutor4 extends HttpRequestExecutor {
  @Override
  protected HttpResponse doReceiveResponse(
      HttpRequest request, HttpClientConnection connection, HttpContext context)
      throws HttpException, IOException {
    HttpResponse response = super.doReceiveResponse(request, connection, context);
    if (response.getEntity() != null) {
      response.setEntity(new BufferedHttpEntity(response.getEntity()));
    }
    return response;
  }
}
