"""The only place that talks to a language model, or imports LangChain and OpenAI: always lazily."""
