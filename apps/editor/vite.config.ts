import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const runtimeUrl = process.env.RUNTIME_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2024', chunkSizeWarningLimit: 700 },
  server: {
    host: '127.0.0.1',
    // With the Host that the browser asked for: by that the runtime knows a page of its own from another website.
    proxy: Object.fromEntries(
      ['/api', '/schemas', '/openapi.json', '/docs', '/readyz', '/l/'].map((path) => [
        path,
        { target: runtimeUrl, changeOrigin: false },
      ]),
    ),
  },
})
